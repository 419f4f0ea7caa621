using Probity.Ledger.Tests.Log;

namespace Probity.Ledger.Tests.KeyKeeping;

/// <summary>Where a wrapping key comes from, and what is said where none comes.</summary>
public sealed class WrappingKeySourceTests : IDisposable
{
    static readonly byte[] Key = [.. Enumerable.Range(7, 32).Select(i => (byte)i)];
    static readonly string Text = Convert.ToBase64String(Key);

    readonly TemporaryFolder _place = new();

    string Command(string script, bool othersWrite = false, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The programs of these tests are shell scripts.");
        var (program, file) = (Path.Combine(_place.Path, "program"), Path.Combine(_place.Path, "wrapping.command"));
        File.WriteAllText(program, "#!/bin/sh\n" + script + "\n");
        File.WriteAllText(file, string.Join('\n', [program, .. arguments]) + "\n");
        if (OperatingSystem.IsWindows()) return file;
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | (othersWrite ? UnixFileMode.OtherWrite : UnixFileMode.None));
        return file;
    }

    [Fact]
    public void A_program_gives_the_key_and_gets_its_arguments_as_they_stand() =>
        Assert.Equal(Key, new WrappingKeyCommand(Command("[ \"$1\" = 'slot 3; rm x' ] && echo " + Text, arguments: "slot 3; rm x")).Read());

    [Theory]
    [InlineData("exit 3", "ended with 3")]
    [InlineData("echo AAAA", "does not give a wrapping key")]
    [InlineData("echo secret-word-zzz", "does not give a wrapping key")]
    [InlineData("head -c 5000 /dev/zero", "writes more than a key")]
    [InlineData("sleep 20", "within 0.3 seconds")]
    public void A_program_that_gives_no_key_is_refused_in_one_line_that_tells_none_of_its_output(string script, string says)
    {
        var fault = Assert.Throws<InvalidDataException>(() => new WrappingKeyCommand(
            Command(script), script.StartsWith("sleep", StringComparison.Ordinal) ? TimeSpan.FromSeconds(0.3) : null).Read());
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("zzz", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    [Fact]
    public void A_program_that_others_may_replace_or_that_is_not_there_is_not_run()
    {
        Assert.Contains("chmod go-w", Assert.Throws<InvalidDataException>(() => new WrappingKeyCommand(Command("echo " + Text, othersWrite: true)).Read()).Message, StringComparison.Ordinal);
        var file = Command("echo " + Text);
        File.WriteAllText(file, "program\n");
        Assert.Contains("full path", Assert.Throws<InvalidDataException>(() => new WrappingKeyCommand(file).Read()).Message, StringComparison.Ordinal);
        File.WriteAllText(file, "/no/such/program\n");
        Assert.Contains("cannot be run", Assert.Throws<InvalidDataException>(() => new WrappingKeyCommand(file).Read()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_variable_gives_the_key_and_is_named_where_it_does_not()
    {
        const string Name = "PROBITY_TEST_OF_WRAPPING";
        Environment.SetEnvironmentVariable(Name, Text);
        Assert.Equal(Key, new WrappingKeyVariable(Name).Read());
        Environment.SetEnvironmentVariable(Name, "not a key");
        Assert.Contains(Name, Assert.Throws<InvalidDataException>(() => new WrappingKeyVariable(Name).Read()).Message, StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(Name, null);
    }

    [Fact]
    public void Without_a_source_the_error_names_all_three_and_of_two_none_is_guessed()
    {
        var fault = Assert.Throws<InvalidDataException>(() => WrappingKeySources.Of(_place.Path));
        Assert.Contains("PROBITY_WRAPPING_KEY", fault.Message, StringComparison.Ordinal);
        Assert.Contains("wrapping.command", fault.Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(_place.Path, "wrapping"), Text);
        Assert.Equal(Key, WrappingKeySources.Of(_place.Path).Read());
        File.WriteAllText(Path.Combine(_place.Path, "wrapping.command"), "/bin/true\n");
        Assert.Contains("keep one of them", Assert.Throws<InvalidDataException>(() => WrappingKeySources.Of(_place.Path)).Message, StringComparison.Ordinal);
    }

    public void Dispose() => _place.Dispose();
}
