using System.Security.Cryptography;
using Probity.Lens.Reports;

namespace Probity.Lens.Tests.Reports;

public class SourceFileTests
{
    [Fact]
    public void A_file_is_told_by_name_size_and_sum()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllBytes(path, new byte[200_001]);
            var expected = Convert.ToHexStringLower(SHA256.HashData(new byte[200_001]));
            Assert.Equal(new SourceFile(Path.GetFileName(path), 200_001, expected), SourceFile.Of(path, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_folder_has_a_name_only() =>
        Assert.Equal(new SourceFile("tmp", null, null), SourceFile.Of(OperatingSystem.IsWindows() ? @"C:\tmp" : "/tmp/", TestContext.Current.CancellationToken));
}
