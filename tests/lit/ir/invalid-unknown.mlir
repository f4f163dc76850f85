// RUN: coco-opt %s --split-input-file --verify-diagnostics
// What no registered dialect knows.

// expected-error@+1 {{attribute created with unregistered dialect 'foo'; it is allowed with --allow-unregistered-dialect}}
func.func @f() attributes {a = #foo.bar<1>} {
  return
}

// -----

// expected-error@+1 {{type created with unregistered dialect 'foo'; it is allowed with --allow-unregistered-dialect}}
func.func private @f(!foo.bar)

// -----

// expected-error@+1 {{operation being parsed with an unregistered dialect. If this is intended, please use -allow-unregistered-dialect with the tool used}}
"foo.bar"() : () -> ()
