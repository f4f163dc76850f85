# What `cmake --install` puts where: tools, libraries, public headers, and the package that find_package(CoCo) finds.
include(CMakePackageConfigHelpers)
set(COCO_PACKAGE_FOLDER ${CMAKE_INSTALL_LIBDIR}/cmake/CoCo)
foreach(library coco coco-codegen coco-runtime)
  if(TARGET ${library})
    install(TARGETS ${library} EXPORT CoCoTargets
      ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
      INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  endif()
endforeach()
install(DIRECTORY include/coco DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(FILES LICENSE README.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(EXPORT CoCoTargets NAMESPACE CoCo:: DESTINATION ${COCO_PACKAGE_FOLDER})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/CoCoConfigVersion.cmake COMPATIBILITY SameMinorVersion)
configure_package_config_file(cmake/CoCoConfig.cmake.in ${CMAKE_CURRENT_BINARY_DIR}/CoCoConfig.cmake INSTALL_DESTINATION ${COCO_PACKAGE_FOLDER})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/CoCoConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/CoCoConfigVersion.cmake DESTINATION ${COCO_PACKAGE_FOLDER})
