# What `cmake --install` lays down: headers, both libraries, the kit, the command line desk with its page, and the two ways of
# finding all this: find_package(complaint) and pkg-config. Both may be moved as a whole.

include(CMakePackageConfigHelpers)
set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/complaint")

install(DIRECTORY include/ DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" FILES_MATCHING PATTERN "*.h")
install(TARGETS complaint EXPORT complaint-shared)

# The archives need the third-party libraries at link time, the shared library does not; so they are found apart.
set(archives complaint_static)
if(TARGET complaint_conformance)
  list(APPEND archives complaint_conformance)
endif()
install(TARGETS ${archives} EXPORT complaint-archives)

install(EXPORT complaint-shared NAMESPACE complaint:: DESTINATION "${package_folder}")
install(EXPORT complaint-archives NAMESPACE complaint:: DESTINATION "${package_folder}")
configure_package_config_file(cmake/complaint-config.cmake.in "${PROJECT_BINARY_DIR}/complaint-config.cmake" INSTALL_DESTINATION "${package_folder}")
write_basic_package_version_file("${PROJECT_BINARY_DIR}/complaint-config-version.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/complaint-config.cmake" "${PROJECT_BINARY_DIR}/complaint-config-version.cmake" DESTINATION "${package_folder}")

# pkg-config: the prefix is found from where the file lies.
file(RELATIVE_PATH pc_prefix "/prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/prefix")
string(REGEX REPLACE "/$" "" pc_prefix "${pc_prefix}")
# What the archive is linked with. Of ICU the common part only; utf8proc by its flags alone, because its own file would give
# every host -DUTF8PROC_EXPORTS.
set(pc_modules ${complaint_modules})
list(REMOVE_ITEM pc_modules libutf8proc icu-i18n)
list(JOIN pc_modules ", " pc_requires)
list(JOIN complaint_libutf8proc_LDFLAGS " " pc_libs)
configure_file(cmake/complaint.pc.in "${PROJECT_BINARY_DIR}/complaint.pc" @ONLY)
configure_file(cmake/complaint-conformance.pc.in "${PROJECT_BINARY_DIR}/complaint-conformance.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/complaint.pc" "${PROJECT_BINARY_DIR}/complaint-conformance.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

if(TARGET complaint_command)
  set_target_properties(complaint_command PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
  install(TARGETS complaint_command)
endif()
if(EXISTS "${PROJECT_SOURCE_DIR}/examples/complaint/complaint.1")
  install(FILES examples/complaint/complaint.1 DESTINATION "${CMAKE_INSTALL_MANDIR}/man1")
endif()
install(FILES examples/complaint/completion.bash RENAME complaint DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
install(FILES examples/complaint/completion.zsh RENAME _complaint DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}")
