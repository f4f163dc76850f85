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

// -----
// expected-error@+1 {{visibility expected to be one of ["public", "private", "nested"]}}
"func.func"() <{function_type = () -> (), sym_name = "f", sym_visibility = "secret"}> ({}) : () -> ()

// -----
// expected-error@+1 {{a symbol's name must not be empty}}
"func.func"() <{function_type = () -> (), sym_name = "", sym_visibility = "private"}> ({}) : () -> ()

// -----
func.func @in_an_operation_without_a_table(%condition: i1) {
  scf.if %condition {
    // expected-error@+1 {{symbol's parent must have the SymbolTable trait}}
    func.func private @nobody_could_find_it()
  }
  return
}
