// RUN: coco-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{unregistered}}
"mystery.op"() : () -> ()

// -----

// expected-error@+1 {{unregistered}}
"arith.mystery"() : () -> ()
