/** Data files: from the locations that plans and write sessions name to files that formats can read and write. */
@NullMarked
package io.deltacat.client.storage;

import org.jspecify.annotations.NullMarked;
