// RUN: coco-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{expected at least one result for cast operation}}
"builtin.unrealized_conversion_cast"() : () -> ()

// -----

// expected-error@+1 {{requires one region, but found 2}}
"builtin.module"() ({
}, {
}) : () -> ()

// -----

// expected-error@+1 {{a symbol's own name cannot be nested}}
module @a::@b {
}

// -----

// expected-error@+1 {{region should have no arguments}}
"builtin.module"() ({
^bb0(%a: i32):
}) : () -> ()
