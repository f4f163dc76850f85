// RUN: coco-opt %s -p 'func.func(cse),symbol-dce' --log-actions-to=- -o /dev/null 2>&1 | FileCheck %s
// RUN: rm -f %t && coco-opt %s --cse --log-actions-to=%t -o /dev/null && FileCheck %s --check-prefix=FILE < %t
// RUN: not coco-opt %s -p 'func.func(cse),lr-to-loops' --log-actions-to=- 2>&1 | FileCheck %s --check-prefix=FAIL
// RUN: not coco-opt %s -p 'func.func(cse),symbol-dce' --log-actions-to=%S/no/such/folder 2>&1 | FileCheck %s --check-prefix=NOWHERE

// CHECK: [thread main] begins Action `pass-execution` running `cse` on Operation `func.func` @f
// CHECK-NEXT: [thread main] completed Action `pass-execution` running `cse` on Operation `func.func` @f
// CHECK-NEXT: [thread main] begins Action `pass-execution` running `symbol-dce` on Operation `builtin.module`{{$}}
// FILE: begins Action `pass-execution` running `cse`
// FILE-NEXT: completed Action `pass-execution` running `cse`
// NOWHERE: coco-opt: cannot write '{{.*}}folder': No such file or directory
// NOWHERE-NOT: cannot write
// FAIL: [thread main] failed Action `pass-execution` running `lr-to-loops`
func.func @f(%a: tensor<?xf32>) -> tensor<?xf32> { return %a : tensor<?xf32> }
