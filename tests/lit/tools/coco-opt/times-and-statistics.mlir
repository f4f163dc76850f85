// Displays of times and statistics: a list joins what has one name; the pipeline's order joins nothing.
// RUN: coco-opt %s -p 'func.func(cse,canonicalize),cse' --mlir-timing --mlir-timing-display=tree -o /dev/null 2>&1 | FileCheck %s --check-prefix=TREE
// RUN: coco-opt %s -p 'func.func(cse,canonicalize),cse' --coco-timing --coco-timing-display=list -o /dev/null 2>&1 | FileCheck %s --check-prefix=LIST
// RUN: coco-opt %s -p 'func.func(cse,canonicalize),cse' --mlir-timing --mlir-output-format=json -o /dev/null 2> %t.json
// RUN: python3 -c "import json,sys; rows=json.load(open(sys.argv[1])); print([r['name'] for r in rows], [p['name'] for p in rows[2]['passes']], sorted(rows[0]['wall']))" %t.json | FileCheck %s --check-prefix=JSON
// RUN: coco-opt %s -p 'func.func(cse),cse' --mlir-pass-statistics --mlir-pass-statistics-display=list -o /dev/null 2>&1 | FileCheck %s --check-prefix=SUMS
// RUN: coco-opt %s -p 'func.func(cse),cse' --mlir-pass-statistics --mlir-pass-statistics-display=pipeline -o /dev/null 2>&1 | FileCheck %s --check-prefix=STEPS
// RUN: not coco-opt %s --mlir-timing-display=forest 2>&1 | FileCheck %s --check-prefix=CHOICE

// TREE: Total Execution Time: {{[0-9.]+}} seconds
// TREE: Parser
// TREE-NEXT: Verifier
// TREE-NEXT: {{[0-9]+\.[0-9]+ \( *[0-9.]+%\)  'func.func' Pipeline}}
// TREE-NEXT: {{\)    cse$}}
// TREE-NEXT: {{\)    canonicalize$}}
// TREE-NEXT: {{\)  cse$}}
// TREE-NEXT: Output
// TREE-NEXT: Rest
// TREE-NEXT: (100.0%)  Total
// LIST-NOT: Pipeline
// LIST: {{\)  cse$}}
// LIST-NOT: {{cse$}}
// JSON: ['Parser', 'Verifier', "'func.func' Pipeline", 'cse', 'Output', 'Rest', 'Total'] ['cse', 'canonicalize'] ['duration', 'percentage']
// SUMS-NOT: func.func
// SUMS: {{^cse$}}
// SUMS-NEXT: (S) 2 operations merged
// SUMS-NEXT: (S) 0 dead
// SUMS-NOT: cse
// STEPS: 'func.func' Pipeline
// STEPS-NEXT: {{^  cse$}}
// STEPS-NEXT: (S) 2 operations merged
// STEPS: {{^cse$}}
// STEPS-NEXT: (S) 0 operations merged
// CHOICE: coco-opt: option 'mlir-timing-display' takes one of list|tree, not 'forest'

func.func @f(%a: i32) -> (i32, i32) {
  %0 = arith.addi %a, %a : i32
  %1 = arith.addi %a, %a : i32
  return %0, %1 : i32, i32
}
func.func @g(%a: i32) -> (i32, i32) {
  %0 = arith.addi %a, %a : i32
  %1 = arith.addi %a, %a : i32
  return %0, %1 : i32, i32
}
