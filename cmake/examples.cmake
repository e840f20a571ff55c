# examples/complaint is the command line desk; every other examples/*.c is a program of one file. They are hosts: public
# headers, the shared library, POSIX.

function(complaint_example name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE complaint complaint_flags Threads::Threads)
  set_target_properties(${name} PROPERTIES C_VISIBILITY_PRESET hidden) # a program's json_string is not what a library means by it
endfunction()

file(GLOB command_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/examples/complaint/*.c")
if(command_sources)
  complaint_example(complaint_command ${command_sources})
  target_compile_definitions(complaint_command PRIVATE _XOPEN_SOURCE=700)
  set_target_properties(complaint_command PROPERTIES OUTPUT_NAME complaint)
endif()

file(GLOB example_sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/examples/*.c")
set(example_targets)
foreach(source IN LISTS example_sources)
  get_filename_component(name "${source}" NAME_WE)
  complaint_example(example_${name} "${source}")
  set_target_properties(example_${name} PROPERTIES OUTPUT_NAME ${name} RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/examples")
  list(APPEND example_targets example_${name})
endforeach()
