# Third-party libraries, all found by pkg-config. The same names are found again by the installed package file.

set(complaint_modules sqlite3 jansson libsodium libutf8proc icu-uc icu-i18n)

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
set(complaint_dependencies)
foreach(module IN LISTS complaint_modules)
  string(MAKE_C_IDENTIFIER "complaint_${module}" name)
  pkg_check_modules(${name} QUIET REQUIRED IMPORTED_TARGET GLOBAL ${module})
  list(APPEND complaint_dependencies "PkgConfig::${name}")
endforeach()
