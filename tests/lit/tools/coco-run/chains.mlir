// Chains have the bits of the layers one after the other, on each variant and number of threads, on AArch64 too; --chains says which are made.
// RUN: coco-run %s --fp=strict --chains=all --compare=interpreter --rtol=0 --atol=0 | FileCheck %s
// RUN: coco-run %s --fp=strict --chains=none -o %t.none
// RUN: coco-run %s --fp=strict --chains=all -o %t.all && diff -r %t.none %t.all
// RUN: coco-run %s --fp=strict --chains=all -o %t.narrow --variant=avx2 --threads=3 && diff -r %t.none %t.narrow
// RUN: coco-run %s --fp=strict --chains=all -o %t.arm64 --target=arm64 && diff -r %t.none %t.arm64
// RUN: coco-compile %s -o %t.o --name=small --chains=all --report | FileCheck %s --check-prefix=REPORT
// RUN: coco-compile %s -o %t.o --name=small --report | FileCheck %s --check-prefix=AUTO
// RUN: not coco-run %s --chains=some 2>&1 | FileCheck %s --check-prefix=WRONG

// CHECK: agrees with interpreter, largest difference 0
// REPORT: lr.chain {{ *}}1x16x9x11 {{ *}}129888
// REPORT: lr.chain {{ *}}1x20x5x6
// AUTO-NOT: lr.chain
// WRONG: coco-run: --chains=some: expected auto, none or all
func.func @main(%x: tensor<1x16x9x11xf32>) -> tensor<1x20x5x6xf32> {
  %u0 = graph.constant dense<0.25> : tensor<32x16x1x1xf32>
  %b0 = graph.constant dense<-0.5> : tensor<32xf32>
  %v0 = graph.constant dense<0.125> : tensor<32x1x3x3xf32>
  %w0 = graph.constant dense<0.75> : tensor<16x32x1x1xf32>
  %u1 = graph.constant dense<-0.25> : tensor<32x16x1x1xf32>
  %b1 = graph.constant dense<0.5> : tensor<32xf32>
  %v1 = graph.constant dense<-0.125> : tensor<32x1x3x3xf32>
  %w1 = graph.constant dense<0.375> : tensor<20x32x1x1xf32>
  %e0 = graph.conv %x, %u0, %b0 {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x9x11xf32>, tensor<32x16x1x1xf32>, tensor<32xf32>) -> tensor<1x32x9x11xf32>
  %r0 = graph.relu %e0 : tensor<1x32x9x11xf32>
  %d0 = graph.conv %r0, %v0 {strides = array<i64: 1, 1>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 32 : i64} : (tensor<1x32x9x11xf32>, tensor<32x1x3x3xf32>) -> tensor<1x32x9x11xf32>
  %s0 = graph.relu %d0 : tensor<1x32x9x11xf32>
  %p0 = graph.conv %s0, %w0 {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x32x9x11xf32>, tensor<16x32x1x1xf32>) -> tensor<1x16x9x11xf32>
  %a0 = graph.add %p0, %x : (tensor<1x16x9x11xf32>, tensor<1x16x9x11xf32>) -> tensor<1x16x9x11xf32>
  %e1 = graph.conv %a0, %u1, %b1 {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x16x9x11xf32>, tensor<32x16x1x1xf32>, tensor<32xf32>) -> tensor<1x32x9x11xf32>
  %r1 = graph.relu %e1 : tensor<1x32x9x11xf32>
  %d1 = graph.conv %r1, %v1 {strides = array<i64: 2, 2>, pads = array<i64: 1, 1, 1, 1>, dilations = array<i64: 1, 1>, group = 32 : i64} : (tensor<1x32x9x11xf32>, tensor<32x1x3x3xf32>) -> tensor<1x32x5x6xf32>
  %s1 = graph.relu %d1 : tensor<1x32x5x6xf32>
  %p1 = graph.conv %s1, %w1 {strides = array<i64: 1, 1>, pads = array<i64: 0, 0, 0, 0>, dilations = array<i64: 1, 1>, group = 1 : i64} : (tensor<1x32x5x6xf32>, tensor<20x32x1x1xf32>) -> tensor<1x20x5x6xf32>
  return %p1 : tensor<1x20x5x6xf32>
}
