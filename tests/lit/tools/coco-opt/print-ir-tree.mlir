// A folder for each operation that passes run on; files are numbered by the passes on it and on what is around.
// RUN: rm -rf %t && coco-opt %s -p 'builtin.module(func.func(cse,canonicalize),cse,symbol-dce)' --mlir-print-ir-after-all --mlir-print-ir-tree-dir=%t -o /dev/null 2>&1 | count 0
// RUN: cd %t && find . -type f | sort | FileCheck %s
// RUN: FileCheck %s --check-prefix=TEXT < %t/builtin_module_no-symbol-name/func_func_f/0_0_cse.mlir
// RUN: not coco-opt %s --cse --mlir-print-ir-after-all --mlir-print-ir-tree-dir=%s -o /dev/null 2>&1 | FileCheck %s --check-prefix=NOWHERE

// CHECK: ./builtin_module_no-symbol-name/1_cse.mlir
// CHECK-NEXT: ./builtin_module_no-symbol-name/2_symbol-dce.mlir
// CHECK-NEXT: ./builtin_module_no-symbol-name/func_func____g/0_0_cse.mlir
// CHECK-NEXT: ./builtin_module_no-symbol-name/func_func____g/0_1_canonicalize.mlir
// CHECK-NEXT: ./builtin_module_no-symbol-name/func_func_f/0_0_cse.mlir
// CHECK-NEXT: ./builtin_module_no-symbol-name/func_func_f/0_1_canonicalize.mlir
// TEXT: // -----// IR Dump After cse ('func.func' operation: @f) //----- //
// TEXT-NEXT: func.func @f
// NOWHERE: coco-opt: cannot write into '{{.*}}': {{.+}}
func.func @f() { return }
func.func @"../g"() { return }
