// The one operation of the input is the root: no module comes around it, and pipelines are for it.
// RUN: coco-opt %s --no-implicit-module --verify-roundtrip | FileCheck %s --check-prefix=PLAIN
// RUN: coco-opt %s --no-implicit-module --cse --dump-pass-pipeline 2>&1 | FileCheck %s --check-prefix=FLAG
// RUN: coco-opt %s --no-implicit-module -p 'func.func(cse)' | FileCheck %s --check-prefix=PIPELINE
// RUN: cat %s %s | not coco-opt --no-implicit-module 2>&1 | FileCheck %s --check-prefix=TWO
// RUN: echo '' | not coco-opt --no-implicit-module 2>&1 | FileCheck %s --check-prefix=EMPTY
// RUN: echo '"a.b"() : () -> ()' | not coco-opt --no-implicit-module --allow-unregistered-dialect --cse 2>&1 | FileCheck %s --check-prefix=OPEN

// PLAIN-NOT: module
// PLAIN: {{^}}func.func @f
// FLAG: func.func(cse)
// FLAG: arith.addi
// FLAG-NOT: arith.addi
// PIPELINE: arith.addi
// PIPELINE-NOT: arith.addi
// TWO: [[#]]:1: error: source must contain a single top-level operation, found: 2
// EMPTY: error: source must contain a single top-level operation, found: 0
// OPEN: error: 'a.b' op is not isolated from above, so no pass can run on it alone
func.func @f(%a: i32) -> (i32, i32) {
  %0 = arith.addi %a, %a : i32
  %1 = arith.addi %a, %a : i32
  return %0, %1 : i32, i32
}
