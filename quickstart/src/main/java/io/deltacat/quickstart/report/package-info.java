/** What the quick start counted, what it should have been, and how both are printed. */
@NullMarked
package io.deltacat.quickstart.report;

import org.jspecify.annotations.NullMarked;
