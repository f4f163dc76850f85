// RUN: coco-opt %s --print-op-stats --allow-unregistered-dialect -o /dev/null 2>&1 | FileCheck %s --match-full-lines --strict-whitespace
// RUN: coco-opt %s --print-op-stats="json=true" --allow-unregistered-dialect -o /dev/null 2>&1 | FileCheck %s --check-prefix=JSON
// RUN: coco-opt %s -p 'func.func(print-op-stats)' --allow-unregistered-dialect -o /dev/null 2>&1 | FileCheck %s --check-prefix=NESTED

//      CHECK:Operations encountered:
// CHECK-NEXT:-----------------------
// CHECK-NEXT:    arith.addi    , 2
// CHECK-NEXT:  builtin.module  , 1
// CHECK-NEXT:     func.func    , 1
// CHECK-NEXT:     func.return  , 1
// CHECK-NEXT:    other.longest , 1
// JSON: {
// JSON-NEXT: "arith.addi" : 2,
// JSON-NEXT: "builtin.module" : 1,
// JSON: "other.longest" : 1
// JSON-NEXT: }
// NESTED-NOT: builtin.module
// NESTED: func.func    , 1
func.func @f(%a: i32) -> i32 {
  %0 = arith.addi %a, %a : i32
  %1 = arith.addi %0, %a : i32
  "other.longest"() : () -> ()
  return %1 : i32
}
