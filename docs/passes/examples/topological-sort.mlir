// coco-opt --topological-sort --allow-unregistered-dialect
module {
  %sum = "other.add"(%x, %y) : (i32, i32) -> i32
  %x = "other.value"() : () -> i32
  %y = "other.value"() : () -> i32
}
