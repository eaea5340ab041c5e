// PINs from standard input, one line each, not echoed when a person types them. No buffer of the C library ever holds
// one: the bytes are read one by one into memory that is wiped.
#pragma once

#include "cardio/base/result.h"
#include "cardio/base/secret.h"

namespace kazashi::app {

// 4 to 8 digits. malformed when the line is something else, io when there is no more line. `fd` is standard input.
base::Result<base::SecretBytes> read_pin(int fd);

}  // namespace kazashi::app
