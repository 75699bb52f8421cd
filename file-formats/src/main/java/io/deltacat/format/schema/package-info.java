/** Arrow schemas, their wire forms and DeltaCAT's field metadata. */
@NullMarked
package io.deltacat.format.schema;

import org.jspecify.annotations.NullMarked;
