// RUN: coco-opt %s --split-input-file --verify-diagnostics

// expected-error@+1 {{operation being parsed with an unregistered dialect. If this is intended, please use -allow-unregistered-dialect}}
"t.a"() : () -> ()

// -----
// expected-error@+1 {{unregistered operation 'arith.nothing' found in dialect ('arith') that does not allow unknown operations}}
"arith.nothing"() : () -> ()
