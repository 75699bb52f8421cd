/** Every format against the files of the real Python client, against itself and against damaged input. */
package io.deltacat.format.conformance;
