// Markers of one's own between the parts of a file.
// RUN: coco-opt %s --split-input-file="// cut here" --output-split-marker="// next" | FileCheck %s
// RUN: not coco-opt %s 2>&1 | FileCheck %s --check-prefix=WHOLE

// CHECK: func.func @same() {
// CHECK: {{^}}// next{{$}}
// CHECK: func.func @same() {
// CHECK-NOT: next
// WHOLE: error: redefinition of symbol named 'same'
func.func @same() { return }
// cut here
func.func @same() { return }
