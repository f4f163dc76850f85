// RUN: coco-opt %s --mem2reg --allow-unregistered-dialect | FileCheck %s
// RUN: coco-opt %s --mem2reg --allow-unregistered-dialect --mlir-pass-statistics -o /dev/null 2>&1 | FileCheck %s --check-prefix=COUNT

// COUNT: (S) 11 allocations promoted
// COUNT-NEXT: (S) 5 block arguments added

// CHECK-LABEL: func.func @one_block
// CHECK-SAME: (%[[A:.+]]: i32, %[[B:.+]]: i32)
// CHECK-NEXT: %[[S:.+]] = arith.addi %[[A]], %[[B]]
// CHECK-NEXT: return %[[S]], %[[B]]
func.func @one_block(%a: i32, %b: i32) -> (i32, i32) {
  %m = memref.alloca() : memref<i32>
  memref.store %a, %m[] : memref<i32>
  %0 = memref.load %m[] : memref<i32>
  memref.store %b, %m[] : memref<i32>
  %1 = memref.load %m[] : memref<i32>
  %s = arith.addi %0, %1 : i32
  return %s, %1 : i32, i32
}

// CHECK-LABEL: func.func @never_stored
// CHECK-NEXT: %[[Z:.+]] = arith.constant 0.000000e+00 : f32
// CHECK: return %[[Z]]
func.func @never_stored() -> f32 {
  %m = memref.alloca() : memref<1xf32>
  %i = arith.constant 0 : index
  %0 = memref.load %m[%i] : memref<1xf32>
  return %0 : f32
}

// CHECK-LABEL: func.func @never_loaded
// CHECK-NEXT: return
func.func @never_loaded(%a: i32) {
  %m = memref.alloca() : memref<i32>
  memref.store %a, %m[] : memref<i32>
  return
}

// CHECK-LABEL: func.func @two_ways
// CHECK-SAME: (%[[C:.+]]: i1, %[[A:.+]]: i32, %[[B:.+]]: i32)
// CHECK-NEXT: cf.cond_br %[[C]], ^bb1, ^bb2(%[[A]] : i32)
// CHECK-NEXT: ^bb1:
// CHECK-NEXT: cf.br ^bb2(%[[B]] : i32)
// CHECK-NEXT: ^bb2(%[[R:.+]]: i32):
// CHECK-NEXT: return %[[R]]
func.func @two_ways(%c: i1, %a: i32, %b: i32) -> i32 {
  %m = memref.alloca() : memref<i32>
  memref.store %a, %m[] : memref<i32>
  cf.cond_br %c, ^left, ^end
^left:
  memref.store %b, %m[] : memref<i32>
  cf.br ^end
^end:
  %r = memref.load %m[] : memref<i32>
  return %r : i32
}

// On both ways to one block from one branch.
// CHECK-LABEL: func.func @twice_from_one_branch
// CHECK: cf.cond_br %{{.*}}, ^bb3(%[[X:.+]] : i32), ^bb3(%[[X]] : i32)
// CHECK: cf.br ^bb3(
// CHECK: ^bb3(%[[R:.+]]: i32):
// CHECK-NEXT: return %[[R]]
func.func @twice_from_one_branch(%c: i1, %a: i32, %b: i32) -> i32 {
  %m = memref.alloca() : memref<i32>
  cf.cond_br %c, ^left, ^right
^left:
  memref.store %a, %m[] : memref<i32>
  cf.cond_br %c, ^end, ^end
^right:
  memref.store %b, %m[] : memref<i32>
  cf.br ^end
^end:
  %r = memref.load %m[] : memref<i32>
  return %r : i32
}

// Ways that bring one value need no argument; nor does what is stored again before it is loaded.
// CHECK-LABEL: func.func @no_argument_needed
// CHECK-SAME: (%[[C:.+]]: i1, %[[A:.+]]: i32)
// CHECK-NEXT: cf.cond_br %[[C]], ^bb1, ^bb2
// CHECK: ^bb2:
// CHECK-NEXT: return %[[A]], %[[A]]
func.func @no_argument_needed(%c: i1, %a: i32) -> (i32, i32) {
  %m = memref.alloca() : memref<i32>
  %n = memref.alloca() : memref<i32>
  memref.store %a, %m[] : memref<i32>
  cf.cond_br %c, ^left, ^end
^left:
  %x = memref.load %m[] : memref<i32>
  memref.store %x, %n[] : memref<i32>
  cf.br ^end
^end:
  %r = memref.load %m[] : memref<i32>
  memref.store %r, %n[] : memref<i32>
  %q = memref.load %n[] : memref<i32>
  return %r, %q : i32, i32
}

// CHECK-LABEL: func.func @loop
// CHECK-SAME: (%[[N:.+]]: i32)
// CHECK: cf.br ^bb1(%{{.*}}, %{{.*}} : i32, i32)
// CHECK: ^bb1(%[[X:.+]]: i32, %[[Y:.+]]: i32):
// CHECK: ^bb2:
// CHECK-DAG: arith.addi
// CHECK-DAG: arith.muli
// CHECK: cf.br ^bb1(
// CHECK: ^bb3:
// CHECK-NEXT: return %[[X]]
func.func @loop(%n: i32) -> i32 {
  %zero = arith.constant 0 : i32
  %one = arith.constant 1 : i32
  %product = memref.alloca() : memref<i32>
  %count = memref.alloca() : memref<i32>
  memref.store %one, %product[] : memref<i32>
  memref.store %zero, %count[] : memref<i32>
  cf.br ^head
^head:
  %i = memref.load %count[] : memref<i32>
  %c = arith.cmpi slt, %i, %n : i32
  cf.cond_br %c, ^body, ^end
^body:
  %p = memref.load %product[] : memref<i32>
  %j = arith.addi %i, %one : i32
  %q = arith.muli %p, %j : i32
  memref.store %q, %product[] : memref<i32>
  memref.store %j, %count[] : memref<i32>
  cf.br ^head
^end:
  %r = memref.load %product[] : memref<i32>
  return %r : i32
}

// Uses in regions inside, other uses, and more elements stay memory.
// CHECK-LABEL: func.func @not_promoted
// CHECK: memref.alloca
// CHECK-NEXT: memref.alloca
// CHECK-NEXT: memref.alloca
// CHECK-NEXT: memref.alloca
// CHECK-NEXT: memref.alloc()
func.func @not_promoted(%c: i1, %a: i32, %i: index) -> i32 {
  %inside = memref.alloca() : memref<i32>
  %given = memref.alloca() : memref<i32>
  %two = memref.alloca() : memref<2xi32>
  %copied = memref.alloca() : memref<i32>
  %heap = memref.alloc() : memref<i32>
  scf.if %c {
    memref.store %a, %inside[] : memref<i32>
  }
  "other.use"(%given) : (memref<i32>) -> ()
  memref.store %a, %two[%i] : memref<2xi32>
  memref.copy %inside, %copied : memref<i32> to memref<i32>
  memref.store %a, %heap[] : memref<i32>
  %r = memref.load %inside[] : memref<i32>
  return %r : i32
}

// CHECK-LABEL: func.func @nested_loops
// CHECK: cf.br ^bb1(%arg0 : i32)
// CHECK: ^bb1(%[[X:.+]]: i32):
// CHECK-NEXT: cf.br ^bb2
// CHECK: ^bb2:
// CHECK-NEXT: "other.use"(%[[X]])
// CHECK-NEXT: cf.cond_br %{{.*}}, ^bb2, ^bb3
// CHECK: ^bb3:
// CHECK-NEXT: %[[Y:.+]] = arith.addi %[[X]]
// CHECK-NEXT: cf.cond_br %{{.*}}, ^bb1(%[[Y]] : i32), ^bb4
// CHECK: ^bb4:
// CHECK-NEXT: return %[[Y]]
func.func @nested_loops(%a: i32, %c: i1) -> i32 {
  %m = memref.alloca() : memref<i32>
  memref.store %a, %m[] : memref<i32>
  cf.br ^outer
^outer:
  cf.br ^inner
^inner:
  %x = memref.load %m[] : memref<i32>
  "other.use"(%x) : (i32) -> ()
  cf.cond_br %c, ^inner, ^next
^next:
  %w = memref.load %m[] : memref<i32>
  %y = arith.addi %w, %a : i32
  memref.store %y, %m[] : memref<i32>
  cf.cond_br %c, ^outer, ^end
^end:
  %r = memref.load %m[] : memref<i32>
  return %r : i32
}

// A branch of another dialect cannot hand over more, where that is needed.
// CHECK-LABEL: func.func @unknown_branch
// CHECK: memref.alloca
// CHECK-NEXT: memref.store
// CHECK-NEXT: "other.branch"()[^bb1, ^bb2]
// CHECK: ^bb1:
// CHECK-NEXT: "other.use"(%arg0)
func.func @unknown_branch(%a: i32, %b: i32) -> i32 {
  %n = memref.alloca() : memref<i32>
  memref.store %a, %n[] : memref<i32>
  %m = memref.alloca() : memref<i32>
  memref.store %a, %m[] : memref<i32>
  "other.branch"()[^left, ^end] : () -> ()
^left:
  %x = memref.load %n[] : memref<i32>
  "other.use"(%x) : (i32) -> ()
  memref.store %b, %m[] : memref<i32>
  "other.branch"()[^end] : () -> ()
^end:
  %r = memref.load %m[] : memref<i32>
  return %r : i32
}
