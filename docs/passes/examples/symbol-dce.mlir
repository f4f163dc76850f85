// coco-opt --symbol-dce
func.func private @never_called() {
  return
}
func.func private @helper() {
  return
}
func.func @f() {
  func.call @helper() : () -> ()
  return
}
