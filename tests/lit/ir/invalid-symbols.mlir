// RUN: coco-opt %s --split-input-file --verify-diagnostics

// expected-note@+1 {{see existing symbol definition here}}
func.func private @twice()
// expected-error@+1 {{redefinition of symbol named 'twice'}}
func.func private @twice()

// -----

module @a {
  func.func private @same_name_in_another_table()
}
func.func private @same_name_in_another_table()
