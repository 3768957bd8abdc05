using Contacts.Core.Data;

namespace Contacts.Web.Shared;

/// <summary>Where this installation keeps what is its own: database, keys, uploaded files, outgoing mail.</summary>
public sealed class DataFolder(string path)
{
    public string Path { get; } = Directory.CreateDirectory(path).FullName;

    public DirectoryInfo Keys => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(System.IO.Path.Combine(Path, "keys"))
        : Directory.CreateDirectory(System.IO.Path.Combine(Path, "keys"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    public string Uploads => System.IO.Path.Combine(Path, "uploads");

    public string Outbox => System.IO.Path.Combine(Path, "outbox");

    /// <summary>A relative folder lies beside the solution when run from a build, else beside the program: never where one happens to stand.</summary>
    public static DataFolder From(IConfiguration settings) => new(System.IO.Path.GetFullPath(settings["Contacts:DataFolder"] ?? "data", Home()));

    public DatabaseOptions Database(IConfiguration settings)
    {
        var provider = settings["Contacts:Database:Provider"] ?? "Sqlite";
        return settings["Contacts:Database:ConnectionString"] is { Length: > 0 } connection
            ? new DatabaseOptions(provider, connection)
            : provider.Equals("Sqlite", StringComparison.OrdinalIgnoreCase)
                ? DatabaseOptions.SqliteFile(System.IO.Path.Combine(Path, "contacts.db"))
                : throw new InvalidOperationException("Contacts:Database:ConnectionString is missing; Postgres needs one.");
    }

    private static string Home()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "Contacts.sln"))) return folder.FullName;
        return AppContext.BaseDirectory;
    }
}
