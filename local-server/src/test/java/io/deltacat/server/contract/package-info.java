/**
 * Holds every request and reply of a server in a test's process to the OpenAPI documents, without the test's doing: a test
 * whose traffic breaks the contract fails. Comes to other modules as this module's test jar.
 */
package io.deltacat.server.contract;
