namespace Contacts.Tests.Support;

/// <summary>The source as it lies in the repository, for tests that hold its shape.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Every written file of a project with one of these endings; paths are relative to the root, with slashes.</summary>
    public static IEnumerable<SourceFile> Files(string project, params string[] endings) =>
        Directory.EnumerateFiles(Path.Combine(Root, project), "*", SearchOption.AllDirectories)
            .Where(file => endings.Any(file.EndsWith))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/") && !path.Contains("/bin/") && !path.Contains("/Migrations/"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllLines(Path.Combine(Root, path))));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Contacts.sln"))) return folder.FullName;
        throw new InvalidOperationException("Contacts.sln is in no folder above the tests.");
    }
}

internal sealed record SourceFile(string Path, string[] Lines)
{
    /// <summary>The lines that say something, as "file:line: text".</summary>
    public IEnumerable<string> Saying(System.Text.RegularExpressions.Regex what) =>
        Lines.Select((line, index) => (Line: line.Trim(), Number: index + 1))
            .Where(l => !l.Line.StartsWith("//", StringComparison.Ordinal) && what.IsMatch(l.Line))
            .Select(l => $"{Path}:{l.Number}: {l.Line}");
}
