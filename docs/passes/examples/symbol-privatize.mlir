// coco-opt --symbol-privatize="exclude=main"
func.func @helper() {
  return
}
func.func @main() {
  return
}
