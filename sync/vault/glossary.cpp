#include "sync/vault/glossary.h"

#include <algorithm>
#include <string>

#include "sync/vault/hasher.h"

namespace kazashi::vault {

namespace {

base::Secret<32> glossary_key(const CapsuleKey& key) {
    base::Secret<32> made;
    Hasher{"kazashi/glossary-key/1", made.view().size()}.add(key.bytes.view()).finish(made.data());
    return made;
}

// Which glossary it is.
model::Hash about_of(const model::Glossary& glossary) {
    const auto words = std::to_string(glossary.epoch) + "/" + std::to_string(glossary.version);
    return hash("kazashi/glossary/1", base::as_bytes(words));
}

}  // namespace

Bytes seal_glossary(const CapsuleEpochKey& key, const model::Glossary& about, ByteView compressed) {
    return seal(glossary_key(key.key), about_of(about).view(), compressed);
}

Result<base::SecretBytes> open_glossary(const std::vector<CapsuleEpochKey>& keys, const model::Glossary& glossary) {
    const auto key =
        std::find_if(keys.begin(), keys.end(), [&](const auto& one) { return one.epoch == glossary.epoch; });
    if (key == keys.end()) return base::Error{base::Fault::denied, "capsule_epoch " + std::to_string(glossary.epoch)};
    return open(glossary_key(key->key), about_of(glossary).view(), glossary.sealed);
}

}  // namespace kazashi::vault
