// RUN: coco-opt %s --split-input-file --verify-diagnostics --interpret=@main

// expected-error@+1 {{is nested or called too deeply}}
func.func @endless() {
  func.call @endless() : () -> ()
  return
}
func.func @main() {
  func.call @endless() : () -> ()
  return
}

// -----

// expected-error@+1 {{has no body to be evaluated}}
func.func private @outside() -> i32
func.func @main() -> i32 {
  %r = func.call @outside() : () -> i32
  return %r : i32
}

// -----

// expected-error@+1 {{takes arguments, so it cannot be interpreted here}}
func.func @main(%x: i32) {
  return
}

// -----

// expected-error@+1 {{there is no function '@main' to interpret}}
module {
}
