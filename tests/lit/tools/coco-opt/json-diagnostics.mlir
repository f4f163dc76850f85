// Diagnostics as JSON: an object a line, notes inside.
// RUN: not coco-opt %s --diagnostics-format=json 2> %t.json
// RUN: python3 -c "import json,sys; d=[json.loads(line) for line in open(sys.argv[1])]; print(len(d), d[0]['severity'], d[0]['line'], d[0]['column'], d[0]['message'], len(d[0]['notes']), d[0]['notes'][0]['severity'])" %t.json | FileCheck %s
// RUN: not coco-opt %s --coco-disable-diagnostic-notes --diagnostics-format=json 2>&1 | FileCheck %s --check-prefix=BARE
// RUN: not coco-opt %s --mlir-disable-diagnostic-notes 2>&1 | FileCheck %s --check-prefix=TEXT
// RUN: not coco-opt %s --mlir-print-op-on-diagnostic=0 2>&1 | FileCheck %s --check-prefix=TEXT
// Warnings and remarks can be left out.
// RUN: coco-opt %S/pipeline.mlir -p 'func.fnuc(cse)' --mlir-diagnostic-verbosity-level=warning -o /dev/null 2>&1 | FileCheck %s --check-prefix=WARNING
// RUN: coco-opt %S/pipeline.mlir -p 'func.fnuc(cse)' --mlir-diagnostic-verbosity-level=error -o /dev/null 2>&1 | FileCheck %s --check-prefix=QUIET --allow-empty

// CHECK: 1 error [[@LINE+9]] 3 'func.return' op has 1 operands, but enclosing function (@quo"ted) returns 0 1 note
// BARE: {"severity": "error", "file": "{{.*}}json-diagnostics.mlir", "line": {{[0-9]+}}, "column": 3, "message": "{{.*}}(@quo\"ted){{.*}}"}
// BARE-NOT: notes
// TEXT: error: 'func.return' op
// TEXT-NOT: note:
// WARNING: warning: pass 'cse' ran on no operation
// QUIET-NOT: warning

func.func @"quo\"ted"(%a: i32) {
  return %a : i32
}
