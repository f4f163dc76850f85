// Every operation round-trips through the custom and the generic form, and through upstream's own parser and verifier.
// RUN: coco-opt %s | coco-opt | FileCheck %s
// RUN: coco-opt %s --mlir-print-op-generic | coco-opt | FileCheck %s
// RUN: coco-opt %s --verify-roundtrip | FileCheck %s
// RUN: %if mlir-opt %{ coco-opt %s | mlir-opt-19 | coco-opt | FileCheck %s %}
// RUN: %if mlir-opt %{ coco-opt %s --mlir-print-op-generic | mlir-opt-19 --mlir-print-op-generic | coco-opt | FileCheck %s %}

// CHECK-LABEL: func.func @constants(
func.func @constants() {
  // CHECK: arith.constant 0 : index
  %c0 = arith.constant 0 : index
  // CHECK: arith.constant 1 : i32
  %c1_i32 = arith.constant 1 : i32
  // CHECK: arith.constant -7 : i8
  %m = arith.constant -7 : i8
  // CHECK: arith.constant true
  %true = arith.constant true
  // CHECK: arith.constant 1.500000e+00 : f32
  %cst = arith.constant 1.500000e+00 : f32
  // CHECK: arith.constant 0x7F800000 : f32
  %inf = arith.constant 0x7F800000 : f32
  // CHECK: arith.constant 5.000000e-01 : f16
  %h = arith.constant 5.000000e-01 : f16
  // CHECK: arith.constant 1.000000e+00 : bf16
  %b = arith.constant 1.000000e+00 : bf16
  // CHECK: arith.constant dense<[1.000000e+00, 2.000000e+00]> : vector<2xf32>
  %v = arith.constant dense<[1.000000e+00, 2.000000e+00]> : vector<2xf32>
  // CHECK: arith.constant dense<7> : vector<4xi32>
  %s = arith.constant dense<7> : vector<4xi32>
  // CHECK: arith.constant dense<{{\[\[}}1, 2], [3, 4]]> : tensor<2x2xi64>
  %t = arith.constant dense<[[1, 2], [3, 4]]> : tensor<2x2xi64>
  // CHECK: arith.constant {test.note = "kept"} 3 : i64
  %k = arith.constant {test.note = "kept"} 3 : i64
  return
}

// CHECK-LABEL: func.func @floats(
func.func @floats(%a: f32, %b: f32, %v: vector<4xf16>, %w: vector<4xf16>, %t: tensor<2xf64>) {
  // CHECK: arith.addf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %addf = arith.addf %a, %b : f32
  // CHECK: arith.subf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %subf = arith.subf %a, %b : f32
  // CHECK: arith.mulf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %mulf = arith.mulf %a, %b : f32
  // CHECK: arith.divf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %divf = arith.divf %a, %b : f32
  // CHECK: arith.remf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %remf = arith.remf %a, %b : f32
  // CHECK: arith.maximumf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %maximumf = arith.maximumf %a, %b : f32
  // CHECK: arith.minimumf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %minimumf = arith.minimumf %a, %b : f32
  // CHECK: arith.maxnumf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %maxnumf = arith.maxnumf %a, %b : f32
  // CHECK: arith.minnumf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %minnumf = arith.minnumf %a, %b : f32
  // CHECK: arith.addf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xf16>
  %vaddf = arith.addf %v, %w : vector<4xf16>
  // CHECK: arith.subf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xf16>
  %vsubf = arith.subf %v, %w : vector<4xf16>
  // CHECK: arith.mulf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xf16>
  %vmulf = arith.mulf %v, %w : vector<4xf16>
  // CHECK: arith.divf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xf16>
  %vdivf = arith.divf %v, %w : vector<4xf16>
  // CHECK: arith.remf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xf16>
  %vremf = arith.remf %v, %w : vector<4xf16>
  // CHECK: arith.maximumf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xf16>
  %vmaximumf = arith.maximumf %v, %w : vector<4xf16>
  // CHECK: arith.minimumf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xf16>
  %vminimumf = arith.minimumf %v, %w : vector<4xf16>
  // CHECK: arith.maxnumf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xf16>
  %vmaxnumf = arith.maxnumf %v, %w : vector<4xf16>
  // CHECK: arith.minnumf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xf16>
  %vminnumf = arith.minnumf %v, %w : vector<4xf16>
  // CHECK: arith.addf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : tensor<2xf64>
  %taddf = arith.addf %t, %t : tensor<2xf64>
  // CHECK: arith.subf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : tensor<2xf64>
  %tsubf = arith.subf %t, %t : tensor<2xf64>
  // CHECK: arith.negf %{{[-_a-z0-9#]+}} : f32
  %n = arith.negf %a : f32
  // CHECK: arith.addf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} fastmath<fast> : f32
  %fast = arith.addf %a, %b fastmath<fast> : f32
  // CHECK: arith.mulf %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} fastmath<nnan,contract> : f32
  %two = arith.mulf %a, %b fastmath<nnan,contract> : f32
  // CHECK: arith.negf %{{[-_a-z0-9#]+}} fastmath<nsz> : f32
  %nf = arith.negf %a fastmath<nsz> : f32
  return
}

// CHECK-LABEL: func.func @integers(
func.func @integers(%a: i32, %b: i32, %i: index, %v: vector<4xi8>) {
  // CHECK: arith.addi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %addi = arith.addi %a, %b : i32
  // CHECK: arith.subi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %subi = arith.subi %a, %b : i32
  // CHECK: arith.muli %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %muli = arith.muli %a, %b : i32
  // CHECK: arith.shli %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %shli = arith.shli %a, %b : i32
  // CHECK: arith.divsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %divsi = arith.divsi %a, %b : i32
  // CHECK: arith.divui %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %divui = arith.divui %a, %b : i32
  // CHECK: arith.ceildivsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %ceildivsi = arith.ceildivsi %a, %b : i32
  // CHECK: arith.ceildivui %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %ceildivui = arith.ceildivui %a, %b : i32
  // CHECK: arith.floordivsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %floordivsi = arith.floordivsi %a, %b : i32
  // CHECK: arith.remsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %remsi = arith.remsi %a, %b : i32
  // CHECK: arith.remui %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %remui = arith.remui %a, %b : i32
  // CHECK: arith.andi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %andi = arith.andi %a, %b : i32
  // CHECK: arith.ori %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %ori = arith.ori %a, %b : i32
  // CHECK: arith.xori %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %xori = arith.xori %a, %b : i32
  // CHECK: arith.shrsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %shrsi = arith.shrsi %a, %b : i32
  // CHECK: arith.shrui %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %shrui = arith.shrui %a, %b : i32
  // CHECK: arith.maxsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %maxsi = arith.maxsi %a, %b : i32
  // CHECK: arith.minsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %minsi = arith.minsi %a, %b : i32
  // CHECK: arith.maxui %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %maxui = arith.maxui %a, %b : i32
  // CHECK: arith.minui %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %minui = arith.minui %a, %b : i32
  // CHECK: arith.addi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %iaddi = arith.addi %i, %i : index
  // CHECK: arith.subi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %isubi = arith.subi %i, %i : index
  // CHECK: arith.muli %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %imuli = arith.muli %i, %i : index
  // CHECK: arith.shli %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %ishli = arith.shli %i, %i : index
  // CHECK: arith.divsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %idivsi = arith.divsi %i, %i : index
  // CHECK: arith.divui %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %idivui = arith.divui %i, %i : index
  // CHECK: arith.ceildivsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %iceildivsi = arith.ceildivsi %i, %i : index
  // CHECK: arith.ceildivui %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %iceildivui = arith.ceildivui %i, %i : index
  // CHECK: arith.floordivsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %ifloordivsi = arith.floordivsi %i, %i : index
  // CHECK: arith.remsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %iremsi = arith.remsi %i, %i : index
  // CHECK: arith.remui %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %iremui = arith.remui %i, %i : index
  // CHECK: arith.andi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %iandi = arith.andi %i, %i : index
  // CHECK: arith.ori %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %iori = arith.ori %i, %i : index
  // CHECK: arith.xori %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %ixori = arith.xori %i, %i : index
  // CHECK: arith.shrsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %ishrsi = arith.shrsi %i, %i : index
  // CHECK: arith.shrui %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %ishrui = arith.shrui %i, %i : index
  // CHECK: arith.maxsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %imaxsi = arith.maxsi %i, %i : index
  // CHECK: arith.minsi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %iminsi = arith.minsi %i, %i : index
  // CHECK: arith.maxui %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %imaxui = arith.maxui %i, %i : index
  // CHECK: arith.minui %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : index
  %iminui = arith.minui %i, %i : index
  // CHECK: arith.addi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xi8>
  %vaddi = arith.addi %v, %v : vector<4xi8>
  // CHECK: arith.subi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xi8>
  %vsubi = arith.subi %v, %v : vector<4xi8>
  // CHECK: arith.muli %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xi8>
  %vmuli = arith.muli %v, %v : vector<4xi8>
  // CHECK: arith.shli %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xi8>
  %vshli = arith.shli %v, %v : vector<4xi8>
  // CHECK: arith.addi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} overflow<nsw, nuw> : i32
  %oaddi = arith.addi %a, %b overflow<nsw, nuw> : i32
  // CHECK: arith.subi %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} overflow<nsw, nuw> : i32
  %osubi = arith.subi %a, %b overflow<nsw, nuw> : i32
  // CHECK: arith.muli %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} overflow<nsw, nuw> : i32
  %omuli = arith.muli %a, %b overflow<nsw, nuw> : i32
  // CHECK: arith.shli %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} overflow<nsw, nuw> : i32
  %oshli = arith.shli %a, %b overflow<nsw, nuw> : i32
  return
}

// CHECK-LABEL: func.func @compare(
func.func @compare(%a: f32, %b: f32, %i: i32, %j: i32, %v: vector<4xf32>, %n: vector<4xindex>) {
  // CHECK: arith.cmpf false, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %ffalse = arith.cmpf false, %a, %b : f32
  // CHECK: arith.cmpf oeq, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %foeq = arith.cmpf oeq, %a, %b : f32
  // CHECK: arith.cmpf ogt, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %fogt = arith.cmpf ogt, %a, %b : f32
  // CHECK: arith.cmpf oge, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %foge = arith.cmpf oge, %a, %b : f32
  // CHECK: arith.cmpf olt, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %folt = arith.cmpf olt, %a, %b : f32
  // CHECK: arith.cmpf ole, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %fole = arith.cmpf ole, %a, %b : f32
  // CHECK: arith.cmpf one, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %fone = arith.cmpf one, %a, %b : f32
  // CHECK: arith.cmpf ord, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %ford = arith.cmpf ord, %a, %b : f32
  // CHECK: arith.cmpf ueq, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %fueq = arith.cmpf ueq, %a, %b : f32
  // CHECK: arith.cmpf ugt, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %fugt = arith.cmpf ugt, %a, %b : f32
  // CHECK: arith.cmpf uge, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %fuge = arith.cmpf uge, %a, %b : f32
  // CHECK: arith.cmpf ult, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %fult = arith.cmpf ult, %a, %b : f32
  // CHECK: arith.cmpf ule, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %fule = arith.cmpf ule, %a, %b : f32
  // CHECK: arith.cmpf une, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %fune = arith.cmpf une, %a, %b : f32
  // CHECK: arith.cmpf uno, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %funo = arith.cmpf uno, %a, %b : f32
  // CHECK: arith.cmpf true, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %ftrue = arith.cmpf true, %a, %b : f32
  // CHECK: arith.cmpi eq, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %ieq = arith.cmpi eq, %i, %j : i32
  // CHECK: arith.cmpi ne, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %ine = arith.cmpi ne, %i, %j : i32
  // CHECK: arith.cmpi slt, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %islt = arith.cmpi slt, %i, %j : i32
  // CHECK: arith.cmpi sle, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %isle = arith.cmpi sle, %i, %j : i32
  // CHECK: arith.cmpi sgt, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %isgt = arith.cmpi sgt, %i, %j : i32
  // CHECK: arith.cmpi sge, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %isge = arith.cmpi sge, %i, %j : i32
  // CHECK: arith.cmpi ult, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %iult = arith.cmpi ult, %i, %j : i32
  // CHECK: arith.cmpi ule, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %iule = arith.cmpi ule, %i, %j : i32
  // CHECK: arith.cmpi ugt, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %iugt = arith.cmpi ugt, %i, %j : i32
  // CHECK: arith.cmpi uge, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : i32
  %iuge = arith.cmpi uge, %i, %j : i32
  // CHECK: arith.cmpf olt, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} fastmath<ninf> : vector<4xf32>
  %vf = arith.cmpf olt, %v, %v fastmath<ninf> : vector<4xf32>
  // CHECK: arith.cmpi ult, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xindex>
  %vi = arith.cmpi ult, %n, %n : vector<4xindex>
  // CHECK: arith.select %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : f32
  %s = arith.select %foeq, %a, %b : f32
  // CHECK: arith.select %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xf32>
  %sv = arith.select %foeq, %v, %v : vector<4xf32>
  // CHECK: arith.select %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}}, %{{[-_a-z0-9#]+}} : vector<4xi1>, vector<4xf32>
  %sm = arith.select %vf, %v, %v : vector<4xi1>, vector<4xf32>
  return
}

// CHECK-LABEL: func.func @casts(
func.func @casts(%i: i32, %j: i64, %n: index, %a: f32, %d: f64, %v: vector<4xi16>, %w: vector<4xf32>) {
  // CHECK: arith.index_cast %{{[-_a-z0-9#]+}} : i32 to index
  %0 = arith.index_cast %i : i32 to index
  // CHECK: arith.index_cast %{{[-_a-z0-9#]+}} : index to i64
  %1 = arith.index_cast %n : index to i64
  // CHECK: arith.index_castui %{{[-_a-z0-9#]+}} : index to i32
  %2 = arith.index_castui %n : index to i32
  // CHECK: arith.extsi %{{[-_a-z0-9#]+}} : i32 to i64
  %3 = arith.extsi %i : i32 to i64
  // CHECK: arith.extui %{{[-_a-z0-9#]+}} : vector<4xi16> to vector<4xi32>
  %4 = arith.extui %v : vector<4xi16> to vector<4xi32>
  // CHECK: arith.trunci %{{[-_a-z0-9#]+}} : i64 to i1
  %5 = arith.trunci %j : i64 to i1
  // CHECK: arith.sitofp %{{[-_a-z0-9#]+}} : i32 to f32
  %6 = arith.sitofp %i : i32 to f32
  // CHECK: arith.uitofp %{{[-_a-z0-9#]+}} : vector<4xi16> to vector<4xf32>
  %7 = arith.uitofp %v : vector<4xi16> to vector<4xf32>
  // CHECK: arith.fptosi %{{[-_a-z0-9#]+}} : vector<4xf32> to vector<4xi8>
  %8 = arith.fptosi %w : vector<4xf32> to vector<4xi8>
  // CHECK: arith.fptoui %{{[-_a-z0-9#]+}} : f32 to i32
  %9 = arith.fptoui %a : f32 to i32
  // CHECK: arith.extf %{{[-_a-z0-9#]+}} : f32 to f64
  %10 = arith.extf %a : f32 to f64
  // CHECK: arith.truncf %{{[-_a-z0-9#]+}} : f64 to f32
  %11 = arith.truncf %d : f64 to f32
  // CHECK: arith.truncf %{{[-_a-z0-9#]+}} to_nearest_even : f64 to f32
  %12 = arith.truncf %d to_nearest_even : f64 to f32
  // CHECK: arith.truncf %{{[-_a-z0-9#]+}} upward : f32 to f16
  %13 = arith.truncf %a upward : f32 to f16
  // CHECK: arith.truncf %{{[-_a-z0-9#]+}} toward_zero : f32 to bf16
  %14 = arith.truncf %a toward_zero : f32 to bf16
  // CHECK: arith.bitcast %{{[-_a-z0-9#]+}} : f32 to i32
  %15 = arith.bitcast %a : f32 to i32
  // CHECK: arith.bitcast %{{[-_a-z0-9#]+}} : vector<4xf32> to vector<4xi32>
  %16 = arith.bitcast %w : vector<4xf32> to vector<4xi32>
  return
}
