# Compiles the files below lib/data into the table declared in lib/data/data.h. Sets data_source.

add_executable(complaint_embed lib/tools/embed.c)
target_compile_features(complaint_embed PRIVATE c_std_11)

set(data_root "${PROJECT_SOURCE_DIR}/lib/data")
file(GLOB_RECURSE data_names CONFIGURE_DEPENDS RELATIVE "${data_root}" "${data_root}/*")
list(FILTER data_names EXCLUDE REGEX "(^data\\.h$|(^|/)README\\.md$|(^|/)\\.)")
list(FILTER data_names EXCLUDE REGEX "^classify/.*\\.tsv$") # what the model is trained from
list(TRANSFORM data_names PREPEND "${data_root}/" OUTPUT_VARIABLE data_files)

set(data_source "${PROJECT_BINARY_DIR}/data/data.c")
file(MAKE_DIRECTORY "${PROJECT_BINARY_DIR}/data")
add_custom_command(
  OUTPUT "${data_source}"
  COMMAND complaint_embed "${data_source}" "${data_root}" ${data_names}
  DEPENDS complaint_embed ${data_files}
  COMMENT "Compiling in lib/data"
  VERBATIM)

# Trains the classifier's model anew: docs/internals/classify.md.
add_executable(complaint_train_classifier EXCLUDE_FROM_ALL lib/tools/train_classifier.c)
target_link_libraries(complaint_train_classifier PRIVATE complaint_static complaint_flags ${complaint_dependencies})
