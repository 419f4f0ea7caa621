using Probity.Stripping;

namespace Probity.Intake.Tests.Stripping;

/// <summary>A sample and its copy.</summary>
sealed record Stripped(StripResult Result, byte[] Copy)
{
    public static Stripped Of(byte[] file, StripLimits? limits = null)
    {
        var copy = new MemoryStream();
        var result = MetadataStripper.Strip(new MemoryStream(file), copy, limits ?? StripLimits.Default);
        return new(result, copy.ToArray());
    }

    /// <summary>Holds that the sample had canaries and that its copy was made and has none.</summary>
    public static Stripped Clean(string kind, byte[] file)
    {
        Assert.NotEmpty(Canaries.In(file));
        var stripped = Of(file);
        Assert.Null(stripped.Result.Refusal);
        Assert.Equal(kind, stripped.Result.Kind);
        Assert.Empty(Canaries.In(stripped.Copy));
        // What is clean has nothing more to be taken.
        var again = Of(stripped.Copy);
        Assert.Null(again.Result.Refusal);
        Assert.Equal(stripped.Copy, again.Copy);
        Assert.Empty(again.Result.Taken);
        return stripped;
    }

    public static void Refused(string refusal, byte[] file, StripLimits? limits = null)
    {
        var stripped = Of(file, limits);
        Assert.Equal(refusal, stripped.Result.Refusal);
        Assert.Empty(stripped.Copy);
    }
}
