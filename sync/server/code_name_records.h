// What codes are called, as the region's operator has loaded it, and as the terminals get it.
#pragma once

#include <optional>
#include <vector>

#include "cardio/base/result.h"
#include "sync/model/code_name.h"
#include "sync/model/feed.h"

namespace kazashi::server {

class CodeNameRecords {
public:
    virtual base::Result<std::vector<model::CodeName>> code_names() = 0;  // by system and code
    virtual base::Status put_code_name(const model::CodeName& name) = 0;
    virtual base::Status drop_code_name(const model::CodeName& name) = 0;

    virtual base::Result<std::optional<model::Glossary>> glossary() = 0;  // nullopt: no name was ever loaded
    virtual base::Status put_glossary(const model::Glossary& glossary) = 0;

protected:
    ~CodeNameRecords() = default;
};

}  // namespace kazashi::server
