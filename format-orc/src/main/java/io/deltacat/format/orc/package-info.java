/** ORC files, by Apache ORC's own library and the part of Hadoop it cannot do without. */
@NullMarked
package io.deltacat.format.orc;

import org.jspecify.annotations.NullMarked;
