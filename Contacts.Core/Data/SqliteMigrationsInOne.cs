using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Contacts.Core.Data;

/// <summary>
/// Keeps a migration in one transaction, so that one that is killed leaves the database as it was. To rebuild a table EF switches
/// foreign keys off by a command that ends the transaction; <see cref="Migrator"/> does it before instead.
/// </summary>
internal sealed class SqliteMigrationsInOne(MigrationsSqlGeneratorDependencies dependencies, IRelationalAnnotationProvider annotations)
    : SqliteMigrationsSqlGenerator(dependencies, annotations)
{
    public override IReadOnlyList<MigrationCommand> Generate(IReadOnlyList<MigrationOperation> operations, IModel? model = null, MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default) =>
        [.. base.Generate(operations, model, options).Where(command => !command.TransactionSuppressed)];
}
