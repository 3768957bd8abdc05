namespace Contacts.Core.Data;

/// <summary>Another node wrote meanwhile what this piece of work assumed was not there; the write gate runs the piece again.</summary>
internal sealed class LostRaceException() : Exception("Another writer was faster.");
