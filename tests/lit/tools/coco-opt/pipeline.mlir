// RUN: coco-opt %s --dump-pass-pipeline -p 'builtin.module( func.func( cse, canonicalize{max-iterations=3} ), symbol-dce )' 2>&1 | FileCheck %s --check-prefix=NESTED
// RUN: coco-opt %s --dump-pass-pipeline --cse --canonicalize="top-down=0" --symbol-dce 2>&1 | FileCheck %s --check-prefix=FLAGS
// RUN: coco-opt %s -p 'builtin.module(func.fnuc(cse))' 2>&1 | FileCheck %s --check-prefix=NOWHERE
// RUN: coco-opt %s --dump-pass-pipeline --symbol-privatize="exclude='f,\"b\"'" 2>&1 | FileCheck %s --check-prefix=VALUES
// RUN: coco-opt %s --dump-pass-pipeline -p 'func.func(scf-loop-tile{tile-sizes=[] distinct-arguments=true})' 2>&1 | FileCheck %s --check-prefix=EMPTY

// Whatever is printed is read.
// VALUES: builtin.module(symbol-privatize{exclude='f,"b"'})
// EMPTY: scf-loop-tile{{.*}} tile-sizes=[] distinct-arguments=true
// NESTED: builtin.module(func.func(cse,canonicalize{max-iterations=3 max-num-rewrites=-1 top-down=true}),symbol-dce)
// FLAGS: builtin.module(cse,canonicalize{max-iterations=10 max-num-rewrites=-1 top-down=false},symbol-dce)
// NOWHERE: <pass-pipeline>:1:26: warning: pass 'cse' ran on no operation: no 'func.fnuc' stands where the pipeline looks
func.func @f() { return }
