// RUN: coco-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{parameter 'kind' must be one of pattern|connectivity|blocks}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = magic, rate = 2.0 : f64>}

// -----

// expected-error@+1 {{#prune.scheme needs a 'rate' that is a number of at least 1, as 3.6 : f64}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = connectivity, rate = 0.5 : f64>}

// -----

// expected-error@+1 {{#prune.scheme needs a 'rate' that is a number of at least 1, as 3.6 : f64}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = connectivity, rate = 2 : i64>}

// -----

// expected-error@+1 {{#prune.scheme of patterns needs a 'set' that names a pattern.set}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = pattern, rate = 2.0 : f64>}

// -----

// expected-error@+1 {{#prune.scheme has a 'set' for patterns only}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = connectivity, set = @s, rate = 2.0 : f64>}

// -----

// expected-error@+1 {{#prune.scheme needs a 'balance' of none, filter or runs, but it is 'odd'}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = connectivity, rate = 2.0 : f64, balance = odd>}

// -----

// expected-error@+1 {{#prune.scheme of blocks has no 'balance'}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = blocks, rate = 2.0 : f64, balance = filter, block = [2, 2]>}

// -----

// expected-error@+1 {{#prune.scheme has a 'span' for balanced runs only}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = pattern, set = @s, rate = 2.0 : f64, span = 4>}

// -----

// expected-error@+1 {{#prune.scheme needs a 'span' of at least 1}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = pattern, set = @s, rate = 2.0 : f64, balance = runs, span = 0>}

// -----

// expected-error@+1 {{#prune.scheme of blocks needs a 'block' of two extents}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = blocks, rate = 2.0 : f64, block = [2]>}

// -----

// expected-error@+1 {{#prune.scheme needs extents of a 'block' from 1 to 4096}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = blocks, rate = 2.0 : f64, block = [0, 1]>}

// -----

// expected-error@+1 {{#prune.scheme has a 'block' for blocks only}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = connectivity, rate = 2.0 : f64, block = [2, 2]>}

// -----

// expected-error@+1 {{expected keyword for parameter 'kind'}}
func.func private @f() attributes {prune.scheme = #prune.scheme<kind = 1, rate = 2.0 : f64>}
