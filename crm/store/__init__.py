"""The one SQL store: engine, tables, migrations, audit log, training frames."""
