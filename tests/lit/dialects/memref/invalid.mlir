// RUN: coco-opt %s --split-input-file --verify-diagnostics

func.func @alloc_sizes(%i: index) {
  // expected-error@+1 {{dimension operand count does not equal memref dynamic dimension count}}
  %0 = memref.alloc(%i) : memref<4xf32>
  return
}

// -----

func.func @alloc_alignment() {
  // expected-error@+1 {{alignment must be a power of two}}
  %0 = memref.alloc() {alignment = 3 : i64} : memref<4xf32>
  return
}

// -----

func.func @alloca_type() {
  // expected-error@+1 {{result #0 must be}}
  %0 = memref.alloca() : tensor<4xf32>
  return
}

// -----

func.func @dealloc_type(%x: f32) {
  // expected-error@+1 {{operand #0 must be memref}}
  memref.dealloc %x : f32
  return
}

// -----

func.func @load_indices(%m: memref<4x8xf32>, %i: index, %x: f32) {
  // expected-error@+1 {{incorrect number of indices for load, expected 2 but got 1}}
  %0 = memref.load %m[%i] : memref<4x8xf32>
  return
}

// -----

func.func @load_type(%m: memref<4x8xf32>, %i: index, %x: f32) {
  // expected-error@+1 {{incompatible with return type}}
  %0 = "memref.load"(%m, %i, %i) : (memref<4x8xf32>, index, index) -> i32
  return
}

// -----

func.func @store_indices(%m: memref<4x8xf32>, %i: index, %x: f32) {
  // expected-error@+1 {{incorrect number of indices for store, expected 2 but got 3}}
  memref.store %x, %m[%i, %i, %i] : memref<4x8xf32>
  return
}

// -----

func.func @store_type(%m: memref<4x8xf32>, %i: index, %x: f32) {
  // expected-error@+1 {{type of 'value' matches element type of 'memref'}}
  "memref.store"(%i, %m, %i, %i) : (index, memref<4x8xf32>, index, index) -> ()
  return
}

// -----

func.func @view_source(%m: memref<4x8xf32>, %i: index, %x: f32) {
  // expected-error@+1 {{must be 1D memref of 8-bit signless integer values}}
  %0 = memref.view %m[%i][] : memref<4x8xf32> to memref<32xf32>
  return
}

// -----

func.func @view_sizes(%b: memref<64xi8>, %i: index) {
  // expected-error@+1 {{incorrect number of size operands for type: expected 1, got 0}}
  %0 = memref.view %b[%i][] : memref<64xi8> to memref<?xf32>
  return
}

// -----

func.func @subview_rank(%m: memref<4x8xf32>, %i: index, %x: f32) {
  // expected-error@+1 {{expected 2 offset values, got 1}}
  %0 = memref.subview %m[0] [4, 8] [1, 1] : memref<4x8xf32> to memref<4x8xf32, strided<[8, 1]>>
  return
}

// -----

func.func @subview_type(%m: memref<4x8xf32>, %i: index, %x: f32) {
  // expected-error@+1 {{expected result type to be 'memref<2x8xf32, strided<[8, 1]>>' or a rank-reduced version}}
  %0 = memref.subview %m[0, 0] [2, 8] [1, 1] : memref<4x8xf32> to memref<4x8xf32>
  return
}

// -----

func.func @reinterpret_cast_type(%m: memref<4x8xf32>, %i: index, %x: f32) {
  // expected-error@+1 {{with offset, sizes and strides as they are given}}
  %0 = memref.reinterpret_cast %m to offset: [0], sizes: [32], strides: [2] : memref<4x8xf32> to memref<32xf32>
  return
}

// -----

func.func @cast_type(%m: memref<4x8xf32>, %i: index, %x: f32) {
  // expected-error@+1 {{cast incompatible}}
  %0 = memref.cast %m : memref<4x8xf32> to memref<8x4xf32>
  return
}

// -----

func.func @collapse_shape_group(%m: memref<4x8xf32>, %i: index, %x: f32) {
  // expected-error@+1 {{collapsed dim size (16) must equal reassociation group size (32)}}
  %0 = memref.collapse_shape %m [[0, 1]] : memref<4x8xf32> into memref<16xf32>
  return
}

// -----

func.func @expand_shape_order(%m: memref<4x8xf32>, %i: index, %x: f32) {
  // expected-error@+1 {{expected the dimensions in order, each once}}
  %0 = memref.expand_shape %m [[0, 2], [1]] output_shape [2, 2, 8] : memref<4x8xf32> into memref<2x2x8xf32>
  return
}

// -----

func.func @get_global_unknown() {
  // expected-error@+1 {{'nothing' does not reference a valid global memref}}
  %0 = memref.get_global @nothing : memref<4xf32>
  return
}

// -----

memref.global @g : memref<4xf32> = uninitialized
func.func @get_global_type() {
  // expected-error@+1 {{does not match type 'memref<4xf32>' of the global memref @g}}
  %0 = memref.get_global @g : memref<8xf32>
  return
}

// -----

func.func @copy_shapes(%m: memref<4xf32>, %n: memref<8xf32>) {
  // expected-error@+1 {{requires the same shape for all operands}}
  memref.copy %m, %n : memref<4xf32> to memref<8xf32>
  return
}

// -----

func.func @dim_source(%m: tensor<4x8xf32>, %i: index) {
  // expected-error@+1 {{operand #0 must be memref of any type values, but got 'tensor<4x8xf32>'}}
  %0 = "memref.dim"(%m, %i) : (tensor<4x8xf32>, index) -> index
  return
}

// -----

func.func @assume_alignment(%m: memref<4x8xf32>, %i: index, %x: f32) {
  // expected-error@+1 {{alignment must be power of 2}}
  memref.assume_alignment %m, 3 : memref<4x8xf32>
  return
}

// -----

// expected-error@+1 {{type should be static shaped memref}}
memref.global @dynamic : memref<?xf32> = uninitialized

// -----

// expected-error@+1 {{initial value expected to be of type 'tensor<4xf32>', but was of type 'tensor<2xf32>'}}
"memref.global"() <{initial_value = dense<1.0> : tensor<2xf32>, sym_name = "shape", type = memref<4xf32>}> : () -> ()

// -----

func.func @prefetch_indices(%m: memref<4x8xf32>, %i: index) {
  // expected-error@+1 {{too few indices}}
  memref.prefetch %m[%i], read, locality<3>, data : memref<4x8xf32>
  return
}

// -----

func.func @prefetch_locality(%m: memref<8xf32>, %i: index) {
  // expected-error@+1 {{expects a locality of 0 to 3, but it is 4}}
  memref.prefetch %m[%i], read, locality<4>, data : memref<8xf32>
  return
}

// -----

func.func @prefetch_locality_below(%m: memref<8xf32>, %i: index) {
  // expected-error@+1 {{expected a locality of 0 to 3}}
  memref.prefetch %m[%i], read, locality<-1>, data : memref<8xf32>
  return
}

// -----

func.func @prefetch_for_what(%m: memref<8xf32>, %i: index) {
  // expected-error@+1 {{expected 'write' or 'read'}}
  memref.prefetch %m[%i], fetch, locality<1>, data : memref<8xf32>
  return
}

// -----

func.func @expand_shape_of_rank_0(%m: memref<f32>) {
  // expected-error@+1 {{'memref.expand_shape' op expected dimensions of size 1 beside rank 0, but got 3}}
  %0 = memref.expand_shape %m [] output_shape [1, 3] : memref<f32> into memref<1x3xf32>
  return
}

// -----

func.func @collapse_shape_of_gaps(%m: memref<4x4xf32, strided<[8, 1]>>) {
  // expected-error@+1 {{'memref.collapse_shape' op invalid source layout map or collapsing non-contiguous dims}}
  %0 = memref.collapse_shape %m [[0, 1]] : memref<4x4xf32, strided<[8, 1]>> into memref<16xf32, strided<[1]>>
  return
}

// -----

func.func @collapse_shape_that_overflows(%m: memref<4x4xf32, strided<[8, 4611686018427387904]>>) {
  // expected-error@+1 {{'memref.collapse_shape' op invalid source layout map or collapsing non-contiguous dims}}
  %0 = memref.collapse_shape %m [[0, 1]] : memref<4x4xf32, strided<[8, 4611686018427387904]>> into memref<16xf32, strided<[1]>>
  return
}

// -----

func.func @collapse_shape_stride(%m: memref<4x4xf32, strided<[8, 2]>>) {
  // expected-error@+1 {{'memref.collapse_shape' op expected collapsed type to be 'memref<16xf32, strided<[2]>>' but found 'memref<16xf32>'}}
  %0 = memref.collapse_shape %m [[0, 1]] : memref<4x4xf32, strided<[8, 2]>> into memref<16xf32>
  return
}

// -----

func.func @collapse_shape_offset(%m: memref<?x4x1xf32, strided<[?, 2, 9], offset: ?>>) {
  // expected-error@+1 {{'memref.collapse_shape' op expected collapsed type to be 'memref<?x4xf32, strided<[?, 2], offset: ?>>' but found 'memref<?x4xf32, strided<[?, 2]>>'}}
  %0 = memref.collapse_shape %m [[0], [1, 2]] : memref<?x4x1xf32, strided<[?, 2, 9], offset: ?>> into memref<?x4xf32, strided<[?, 2]>>
  return
}

// -----

func.func @collapse_shape_dynamic_last(%m: memref<4x?xf32, strided<[?, 1]>>) {
  // expected-error@+1 {{'memref.collapse_shape' op expected collapsed type to be 'memref<?xf32, strided<[?]>>' but found 'memref<?xf32, strided<[1]>>'}}
  %0 = memref.collapse_shape %m [[0, 1]] : memref<4x?xf32, strided<[?, 1]>> into memref<?xf32, strided<[1]>>
  return
}

// -----

func.func @collapse_shape_contiguous(%m: memref<4x4xf32>) {
  // expected-error@+1 {{'memref.collapse_shape' op expected collapsed type to be 'memref<16xf32>' but found 'memref<16xf32, strided<[1]>>'}}
  %0 = memref.collapse_shape %m [[0, 1]] : memref<4x4xf32> into memref<16xf32, strided<[1]>>
  return
}

// -----

func.func @collapse_shape_dynamic_extent(%m: memref<4x?xf32>) {
  // expected-error@+1 {{'memref.collapse_shape' op collapsed dim (0) must be dynamic if and only if reassociation group is dynamic}}
  %0 = memref.collapse_shape %m [[0, 1]] : memref<4x?xf32> into memref<16xf32>
  return
}

// -----

func.func @collapse_shape_layout(%m: memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>>) {
  // expected-error@+1 {{'memref.collapse_shape' op operand #0 must be strided memref of any type values, but got 'memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>>'}}
  %0 = memref.collapse_shape %m [[0, 1]] : memref<4x4xf32, affine_map<(d0, d1) -> (d1, d0)>> into memref<16xf32>
  return
}

// -----

func.func @expand_shape_stride(%m: memref<16xf32, strided<[2], offset: 3>>) {
  // expected-error@+1 {{'memref.expand_shape' op expected expanded type to be 'memref<4x4xf32, strided<[8, 2], offset: 3>>' but found 'memref<4x4xf32, strided<[4, 2], offset: 3>>'}}
  %0 = memref.expand_shape %m [[0, 1]] output_shape [4, 4] : memref<16xf32, strided<[2], offset: 3>> into memref<4x4xf32, strided<[4, 2], offset: 3>>
  return
}

// -----

func.func @expand_shape_spelled_out(%m: memref<16xf32, strided<[1]>>) {
  // expected-error@+1 {{'memref.expand_shape' op expected expanded type to be 'memref<4x4xf32>' but found 'memref<4x4xf32, strided<[4, 1]>>'}}
  %0 = memref.expand_shape %m [[0, 1]] output_shape [4, 4] : memref<16xf32, strided<[1]>> into memref<4x4xf32, strided<[4, 1]>>
  return
}

// -----

func.func @expand_shape_dynamic(%m: memref<?xf32, strided<[2]>>, %n: index) {
  // expected-error@+1 {{'memref.expand_shape' op expected expanded type to be 'memref<4x?xf32, strided<[?, 2]>>' but found 'memref<4x?xf32, strided<[8, 2]>>'}}
  %0 = memref.expand_shape %m [[0, 1]] output_shape [4, %n] : memref<?xf32, strided<[2]>> into memref<4x?xf32, strided<[8, 2]>>
  return
}

// -----

func.func @expand_shape_that_overflows(%m: memref<16xf32, strided<[4611686018427387904]>>) {
  // expected-error@+1 {{'memref.expand_shape' op invalid source layout map}}
  %0 = memref.expand_shape %m [[0, 1]] output_shape [4, 4] : memref<16xf32, strided<[4611686018427387904]>> into memref<4x4xf32>
  return
}

// -----

func.func @expand_shape_of_one(%m: memref<f32, strided<[], offset: 3>>) {
  // expected-error@+1 {{'memref.expand_shape' op expected expanded type to be 'memref<1x1xf32, strided<[1, 1], offset: 3>>' but found 'memref<1x1xf32>'}}
  %0 = memref.expand_shape %m [] output_shape [1, 1] : memref<f32, strided<[], offset: 3>> into memref<1x1xf32>
  return
}

// -----

func.func @expand_shape_output_shape(%m: memref<16xf32>) {
  // expected-error@+1 {{'memref.expand_shape' op invalid output shape provided at pos 1}}
  %0 = memref.expand_shape %m [[0, 1]] output_shape [4, 2] : memref<16xf32> into memref<4x4xf32>
  return
}
