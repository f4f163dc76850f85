target_link_libraries(coco-run PRIVATE ${CMAKE_DL_LIBS})
