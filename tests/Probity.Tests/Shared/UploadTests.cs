using System.Reflection;
using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Probity.Shared.Uploads;

namespace Probity.Tests.Shared;

/// <summary>Uploads are held in memory within bounds, come out as they went in, and are overwritten when they are let go.</summary>
public sealed class UploadTests
{
    static readonly UploadLimit Limit = new(4_000, 10);

    [Fact]
    public void Bytes_come_out_as_they_went_in_wherever_one_reads()
    {
        Gen.Select(Gen.Byte.Array[0, 70_000], Gen.Int[1, 40_000], Gen.Int[0, 70_000]).Sample((bytes, step, from) =>
        {
            var budget = new MemoryBudget(1 << 20);
            using var held = new HeldBytes(budget);
            for (var i = 0; i < 5; i++)
                foreach (var part in bytes.Chunk(step)) Assert.True(held.TryAdd(part));
            byte[] whole = [.. bytes, .. bytes, .. bytes, .. bytes, .. bytes];
            using var stream = held.Open();
            Assert.Equal(whole.Length, stream.Length);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            Assert.True(whole.AsSpan().SequenceEqual(copy.ToArray()));
            stream.Position = Math.Min(from, whole.Length);
            using var rest = new MemoryStream();
            stream.CopyTo(rest);
            Assert.True(whole.AsSpan(Math.Min(from, whole.Length)).SequenceEqual(rest.ToArray()));
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(whole)), held.Sha256);
        }, iter: 30);
    }

    [Fact]
    public void They_are_overwritten_once_nobody_reads_them()
    {
        var budget = new MemoryBudget(1 << 20);
        var held = new HeldBytes(budget);
        Assert.True(held.TryAdd("the secret register"u8));
        var block = ((List<byte[]>)typeof(HeldBytes).GetField("_blocks", BindingFlags.NonPublic | BindingFlags.Instance)!.GetValue(held)!)[0];
        var reader = held.Open();
        held.Dispose();
        Assert.Equal((byte)'t', reader.ReadByte());
        reader.Dispose();
        Assert.All(block.Take(19), b => Assert.Equal(0, b));
        Assert.Equal(0, budget.Taken);
        Assert.Throws<ObjectDisposedException>(held.Open);
    }

    [Fact]
    public void The_budget_is_for_all_together()
    {
        var budget = new MemoryBudget(600_000);
        using var one = new HeldBytes(budget);
        using var other = new HeldBytes(budget);
        Assert.True(one.TryAdd(new byte[300_000]));
        Assert.False(other.TryAdd(new byte[300_000]));
        one.Dispose();
        using var third = new HeldBytes(budget);
        Assert.True(third.TryAdd(new byte[300_000]));
    }

    [Fact]
    public async Task Fields_and_files_are_told_apart_and_an_empty_file_field_is_none()
    {
        var (form, error) = await ReadAsync(Encoding.UTF8.GetBytes(
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalor ñ\r\n--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.csv\"\r\n\r\n1;2\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"g\"; filename=\"\"\r\n\r\n\r\n--b--\r\n"));
        Assert.Null(error);
        using (form)
        {
            Assert.Equal("valor ñ", form!.Fields["a"]);
            Assert.Null(form.Take("g"));
            using var bytes = form.Take("f")!.Bytes;
            Assert.Equal(3, bytes.Length);
            Assert.Null(form.Take("f"));
        }
    }

    // Whatever comes in is a form or is refused, and when it is let go nothing is held.
    [Fact]
    public void Any_bytes_are_a_form_or_refused()
    {
        var whole = Encoding.UTF8.GetBytes(
            "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x.csv\"\r\n\r\n1;2\r\n--b--\r\n");
        var mutated = Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 8].Select(changes =>
        {
            var bytes = whole.ToList();
            foreach (var (at, value, kind) in changes)
            {
                var here = Math.Min(at, bytes.Count - 1);
                if (kind == 0) bytes[here] = value;
                else if (kind == 1) bytes.Insert(here, value);
                else if (kind == 2 && bytes.Count > 1) bytes.RemoveAt(here);
                else bytes.InsertRange(here, whole[..Math.Min(here + 1, whole.Length)]);
            }

            return bytes.ToArray();
        });
        var (read, refused) = (0, 0);
        Gen.OneOf(mutated, Gen.Byte.Array[0, 300]).Sample(bytes =>
        {
            var budget = new MemoryBudget(1 << 20);
            var (form, error) = ReadAsync(bytes, budget).GetAwaiter().GetResult();
            if (form is null) Assert.Equal(400, Assert.IsType<BadHttpRequestException>(error).StatusCode);
            form?.Dispose();
            Assert.Equal(0, budget.Taken);
            Interlocked.Increment(ref form is null ? ref refused : ref read);
        }, iter: 2_000);
        Assert.True(read > 50 && refused > 50, $"{read} read, {refused} refused");
    }

    static async Task<(UploadedForm? Form, Exception? Error)> ReadAsync(byte[] body, MemoryBudget? budget = null)
    {
        var http = new DefaultHttpContext();
        http.Request.ContentType = "multipart/form-data; boundary=b";
        http.Request.Body = new MemoryStream(body);
        try
        {
            return (await UploadedForm.ReadAsync(http.Request, Limit, budget ?? new MemoryBudget(1 << 20), default), null);
        }
        catch (BadHttpRequestException e)
        {
            return (null, e);
        }
    }
}
