// RUN: coco-opt %s --verify-diagnostics --allow-unregistered-dialect --interpret=@main

// The dialect of the last operation is not known, nor where it leads.
// expected-error@+1 {{'func.func' op has a block without a terminator}}
func.func @main() {
  "test.end"() : () -> ()
}
