pkg_check_modules(FFI REQUIRED IMPORTED_TARGET libffi)
target_link_libraries(coco-run PRIVATE PkgConfig::FFI ${CMAKE_DL_LIBS})
