// RUN: coco-opt %s --symbol-dce --split-input-file --allow-unregistered-dialect | FileCheck %s

// CHECK-LABEL: func.func @public_symbols_stay
func.func @public_symbols_stay() { return }
// CHECK-NOT: @private_and_unused
func.func private @private_and_unused() { return }
// CHECK: func.func private @private_and_called
func.func private @private_and_called() { return }
// CHECK: func.func @caller
func.func @caller() {
  func.call @private_and_called() : () -> ()
  return
}

// -----

// What only dead symbols refer to is dead, around cycles too.
// CHECK: module {
// CHECK-NEXT: }
module {
  func.func private @ping() {
    func.call @pong() : () -> ()
    return
  }
  func.func private @pong() {
    func.call @ping() : () -> ()
    return
  }
}

// -----

// A chain that starts at something alive is alive.
// CHECK: @last
// CHECK: @middle
// CHECK: @start
func.func private @last() { return }
func.func private @middle() {
  func.call @last() : () -> ()
  return
}
func.func @start() {
  func.call @middle() : () -> ()
  return
}

// -----

// References may stand in any attribute, however deep.
// CHECK: @in_an_array
// CHECK: @in_a_dictionary
// CHECK: @nested
func.func private @in_an_array() { return }
func.func private @in_a_dictionary() { return }
module @inner {
  func.func private @nested() { return }
}
"test.references"() {list = [[@in_an_array]], table = {entry = {deeper = @in_a_dictionary}}, path = @inner::@nested} : () -> ()

// -----

// CHECK-LABEL: module @public_module
// CHECK-NOT: @unused_inside
module @public_module {
  func.func private @unused_inside() { return }
}
