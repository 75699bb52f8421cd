package io.deltacat.server.service;

import io.deltacat.client.storage.StorageAccess;
import io.deltacat.format.FormatException;
import io.deltacat.format.file.BatchReader;
import io.deltacat.format.file.FileFormat;
import io.deltacat.format.file.ReadOptions;
import io.deltacat.format.registry.FormatRegistry;
import io.deltacat.format.schema.ArrowSchemas;
import io.deltacat.server.data.DataRoots;
import io.deltacat.server.machine.ConflictRules;
import io.deltacat.server.machine.Refusal;
import io.deltacat.server.machine.RefusalKind;
import io.deltacat.server.machine.RefusedException;
import io.deltacat.server.machine.SchemaSpec;
import io.deltacat.server.machine.SchemaUpdate;
import io.deltacat.server.machine.SessionState;
import io.deltacat.server.machine.TableTarget;
import io.deltacat.server.machine.WriteSchemas;
import io.deltacat.server.store.CatalogReads;
import io.deltacat.server.store.ReadView;
import io.deltacat.server.store.TableVersionRow;
import io.deltacat.server.store.WriteUnit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Brings the schemas of written files and of their table together (protocol/data-plane.md §1.10). Thread-safe. */
final class SessionSchemas {
    /** Formats whose files say which columns they have; of others nothing can be learnt. */
    private static final Set<String> SELF_DESCRIBING = Set.of("parquet", "feather", "avro", "orc");

    private final FormatRegistry formats = FormatRegistry.load(SessionSchemas.class.getClassLoader());
    private final StorageAccess storage = StorageAccess.standard();
    private final DataRoots roots;
    private final TableAlteration alteration;

    SessionSchemas(ServiceContext context) {
        this.roots = context.roots();
        this.alteration = new TableAlteration(context);
    }

    /** How to write to the table of a session, as far as it is there. */
    static WriteProperties properties(ReadView view, SessionState state) {
        TableTarget target = state.target();
        String tableId = target.tableId();
        String version = target.tableVersion();
        if (tableId == null || version == null) {
            return state.tableSpec() == null
                    ? WriteProperties.DEFAULT
                    : WriteProperties.of(
                            state.tableSpec().versionProperties(),
                            state.tableSpec().tableProperties());
        }
        CatalogReads catalog = view.catalog();
        return WriteProperties.of(
                catalog.version(tableId, version)
                        .map(TableVersionRow::properties)
                        .orElse(Map.of()),
                catalog.tableById(tableId).map(row -> row.properties()).orElse(Map.of()));
    }

    /**
     * Reads the schemas of files, for tables that take new columns from them.
     *
     * @param entries entries whose files are there
     * @param format content type of the files
     * @return the entries with the schemas that could be learnt
     * @throws RefusedException naming a file that is not of the format
     */
    List<CheckedEntry> withFileSchemas(List<CheckedEntry> entries, String format) {
        Optional<FileFormat> reader = SELF_DESCRIBING.contains(format) ? formats.find(format) : Optional.empty();
        if (reader.isEmpty()) {
            return entries;
        }
        List<CheckedEntry> known = new ArrayList<>(entries.size());
        for (CheckedEntry entry : entries) {
            String location = roots.toLocation(entry.row().path());
            boolean readable = entry.row().schemaId() == null
                    && DataRoots.localPath(location).isPresent();
            known.add(readable ? entry.withFileSchema(schema(reader.get(), entry, location)) : entry);
        }
        return known;
    }

    private Schema schema(FileFormat format, CheckedEntry entry, String location) {
        try (BatchReader reader = format.openReader(storage.input(location), ReadOptions.all())) {
            return reader.schema();
        } catch (IOException | FormatException e) {
            throw Refusal.of(
                            RefusalKind.INVALID_REQUEST,
                            "field '" + entry.field() + ".path': the table takes new columns from its files, but '"
                                    + location + "' cannot be read as " + format.name() + ": " + e.getMessage())
                    .with("field", entry.field() + ".path")
                    .asException();
        }
    }

    /**
     * Gives the table the columns of the files, and finds the schema the files were written for.
     *
     * @param unit the change
     * @param state the session, as it was before this commit
     * @param found where the entries go
     * @param entries what the commit brings
     * @param mutation where the change happens
     * @return where the entries go, after the table has changed
     * @throws RefusedException if an entry names a schema that is not there, or the files do not fit the table any more
     */
    SessionDestination settle(
            WriteUnit unit,
            SessionState state,
            SessionDestination found,
            List<CheckedEntry> entries,
            TransactionScope.Mutation mutation) {
        ReadView view = unit.view(mutation.snapshot());
        requireKnownSchemas(view, found.version(), entries);
        SchemaSpec schema = found.schema();
        if (schema == null) {
            return found;
        }
        SessionDestination written = writtenFor(view, state, found, schema, mutation);
        Map<String, Schema> files = new LinkedHashMap<>();
        for (CheckedEntry entry : entries) {
            Schema file = entry.fileSchema();
            if (file != null) {
                files.put(entry.field(), file);
            }
        }
        List<SchemaUpdate> updates = WriteSchemas.updates(ArrowSchemas.fromBase64(schema.serialized()), files);
        if (updates.isEmpty()) {
            return written;
        }
        TableTarget target = found.target();
        TableLookup lookup = TableLookup.find(
                view, target.namespace(), target.table(), found.version().tableVersion());
        TableVersionRow evolved = alteration.evolve(unit, lookup, updates, false, mutation);
        return found.evolved(evolved, TableLookup.schemaOf(unit.view(mutation.snapshot()), evolved));
    }

    private static SessionDestination writtenFor(
            ReadView view,
            SessionState state,
            SessionDestination found,
            SchemaSpec schema,
            TransactionScope.Mutation mutation) {
        TableVersionRow version = found.version();
        Long opened = state.target().schemaId();
        if (opened == null
                || opened.equals(version.schemaId())
                || !version.tableVersion().equals(state.target().tableVersion())) {
            return found;
        }
        misfit(view, version, opened, schema).ifPresent(why -> {
            throw changed(found.target(), mutation.transactionIdOrNull(), why);
        });
        return found.writtenFor(opened);
    }

    /** Why files written for a schema of a version do not fit its schema now; empty if they do. */
    static Optional<String> misfit(ReadView view, TableVersionRow version, long schemaId, SchemaSpec now) {
        return view.catalog()
                .schema(version.tableId(), version.tableVersion(), schemaId)
                .flatMap(before -> WriteSchemas.misfit(
                        ArrowSchemas.fromBase64(before.serialized()), ArrowSchemas.fromBase64(now.serialized())));
    }

    /** The answer to a writer whose table got another schema. */
    static RefusedException changed(TableTarget target, @Nullable String transactionId, String why) {
        return ConflictRules.schemaChanged(
                        target.namespace() + "." + target.table(), transactionId == null ? "" : transactionId, why)
                .asException();
    }

    private static void requireKnownSchemas(ReadView view, TableVersionRow version, List<CheckedEntry> entries) {
        for (CheckedEntry entry : entries) {
            String id = entry.row().schemaId();
            if (id == null) {
                continue;
            }
            boolean known = id.matches("[0-9]{1,18}")
                    && view.catalog()
                            .schema(version.tableId(), version.tableVersion(), Long.parseLong(id))
                            .isPresent();
            if (!known) {
                throw Refusal.of(
                                RefusalKind.INVALID_REQUEST,
                                "field '" + entry.field() + ".schema_id' is '" + id
                                        + "', which the table version does not have; leave it out for the schema of the"
                                        + " session")
                        .with("field", entry.field() + ".schema_id")
                        .asException();
            }
        }
    }
}
