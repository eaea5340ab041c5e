#include "sync/store/backup.h"

#include "sync/store/private_file.h"
#include "sync/store/sql.h"

namespace kazashi::store {

Status back_up(Database& database, const std::filesystem::path& file) {
    std::filesystem::path copy = file;
    copy += ".part";
    // SQLite writes into an empty file it finds: made by us it is the owner's only.
    KAZASHI_CHECK(write_private_file(copy, {}));
    const auto copied = database.run(sql::copy_into, copy.string());
    const auto placed = copied ? place_private_file(copy, file) : copied;
    if (!placed) {
        std::error_code ignored;
        std::filesystem::remove(copy, ignored);
    }
    return placed;
}

}  // namespace kazashi::store
